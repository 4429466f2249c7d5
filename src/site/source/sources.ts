import type { Digest } from '../../core/digest.ts';
import type { Fronts } from './fronts.ts';

/** A text of a client or a theme, as it was when the build read it. */
export interface TextSource {
  /** Below its folder (content/, data/, layouts/ …), with forward slashes. */
  readonly path: string;
  /** What errors call it: relative to the workspace. */
  readonly file: string;
  readonly text: string;
  readonly sha256: Digest;
}

/** A text of content/. */
export interface PageSource extends TextSource {
  /** Names all of the text that other pages may see: pages with one front look alike to them. */
  readonly front: Digest;
}

/** A file that is published as it is. */
export interface AssetSource {
  readonly path: string;
  readonly file: string;
  readonly sha256: Digest;
  /** Bytes. */
  readonly size: number;
  /** Absolute path on this machine; never part of what is built. */
  readonly location: string;
  /** Of a picture, in pixels, upright; absent where the file is no picture that can be read. */
  readonly dimensions?: Dimensions;
  /** Of a picture that can be made smaller: no drawing, no animation. */
  readonly raster?: Raster;
}

export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** A still picture made of pixels, by what it is and not by what its file is called. */
export interface Raster {
  readonly format: RasterFormat;
  /** Whether it may be published as it is: upright, in a screen's colours, without what a camera writes into it. */
  readonly isBare: boolean;
  /** Names the program that would make other sizes of it: another version may make other bytes. */
  readonly encoder: string;
}

export type RasterFormat = 'jpg' | 'png' | 'webp' | 'avif';

/** A stylesheet or another asset of the theme. Text is there for stylesheets: the names in them get hashes. */
export interface ThemeAsset extends AssetSource {
  readonly text?: string;
}

/** All that a site is made of. What a client overrides stands in for the theme's file of that name already. */
export interface SiteSources {
  /** content/**\/*.md */
  readonly content: readonly PageSource[];
  /** What is known of texts by their content; a build adds what it learns. */
  readonly fronts: Fronts;
  /** What else lies in content/: pictures beside their pages. */
  readonly resources: readonly AssetSource[];
  /** static/ of the theme and of the client. */
  readonly statics: readonly AssetSource[];
  /** data/**\/*.{yaml,yml,json} */
  readonly data: readonly TextSource[];
  readonly layouts: readonly TextSource[];
  readonly partials: readonly TextSource[];
  readonly i18n: readonly TextSource[];
  readonly assets: readonly ThemeAsset[];
}

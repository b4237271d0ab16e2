/// UNREAL: A3C with a memory that learns other tasks beside the game (Jaderberg et al. 2016, arXiv
/// 1611.05397). What it is and how it is used: `README.md` in this folder.
@NullMarked
package dev.clade.zoo.unreal;

import org.jspecify.annotations.NullMarked;

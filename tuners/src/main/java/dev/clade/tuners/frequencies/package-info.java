/// Population Based Training at several frequencies at once (MF-PBT; Doulazmi et al. 2025, arXiv 2506.03225):
/// fast sub-populations find gains soon, slow ones see what pays later, and each takes from the other.
@NullMarked
package dev.clade.tuners.frequencies;

import org.jspecify.annotations.NullMarked;

/// Population Based Bandits: PBT whose new hyperparameters come from a model of how fast members learn. PB2
/// (Parker-Holder, Nguyen, Roberts, NeurIPS 2020, arXiv 2002.02518) models numbers by a Gaussian process; PB2-Mix
/// (Parker-Holder, Nguyen, Desai, Roberts, NeurIPS 2021, arXiv 2106.15883) adds a bandit for categories.
@NullMarked
package dev.clade.tuners.pb2;

import org.jspecify.annotations.NullMarked;

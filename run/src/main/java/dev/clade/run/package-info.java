/// Where the pure core meets the world: slots perform the cycle of a member, engines perform slots.
///
/// Reading order: [dev.clade.run.Cycle], [dev.clade.run.Slot], then an engine.
@NullMarked
package dev.clade.run;

import org.jspecify.annotations.NullMarked;

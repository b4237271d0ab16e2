/// The paper's comparisons on one workload, seeds paired: `bench/run paper`. [dev.clade.bench.paper.Paper] is the
/// program. `Arm` is who is compared; `Campaign` runs them in virtual time; `Result` is what one experiment came to,
/// `Descent` who descends from whom in it, `Archive` where it is kept; `Results` are the statistics over seeds,
/// `Table` what is printed of them and `Pictures` what is drawn.
@NullMarked
package dev.clade.bench.paper;

import org.jspecify.annotations.NullMarked;

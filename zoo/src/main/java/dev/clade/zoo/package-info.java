/// The zoo: workloads on libtorch that can become members. [dev.clade.zoo.Zoo] is found as a provider of
/// [dev.clade.trainer.Trainers] and knows each by its name; every workload is a package with a page of its own.
@NullMarked
package dev.clade.zoo;

import org.jspecify.annotations.NullMarked;

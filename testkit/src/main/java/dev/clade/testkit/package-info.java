/// What every room's tests share, and nothing of Population Based Training.
///
/// - [Walls] says which room may know which, and what core may not touch. A room's `ArchitectureTest` is one line.
/// - [Distributions] asserts that counts and samples follow a distribution.
/// - [Property] asserts a law over generated cases, and shrinks the case that breaks it with a [Shrinker].
@NullMarked
package dev.clade.testkit;

import org.jspecify.annotations.NullMarked;

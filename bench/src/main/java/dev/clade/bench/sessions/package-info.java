/// What a program in another language costs as a member.
@NullMarked
package dev.clade.bench.sessions;

import org.jspecify.annotations.NullMarked;

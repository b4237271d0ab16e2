/// Questions over runs: is one tuner better than another, what would happen, what should be tried.
@NullMarked
package dev.clade.study;

import org.jspecify.annotations.NullMarked;

/// From a URL to a store.
@NullMarked
package dev.clade.store.open;

import org.jspecify.annotations.NullMarked;

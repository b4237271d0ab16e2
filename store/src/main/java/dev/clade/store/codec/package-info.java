/// Events as JSON, and back.
@NullMarked
package dev.clade.store.codec;

import org.jspecify.annotations.NullMarked;

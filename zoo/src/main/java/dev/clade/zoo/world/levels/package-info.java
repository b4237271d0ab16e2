/// Where every level is found by its word, whatever world it is of: [dev.clade.zoo.world.levels.Levels].
@NullMarked
package dev.clade.zoo.world.levels;

import org.jspecify.annotations.NullMarked;

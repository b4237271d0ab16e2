/// Images with their classes, read from the files that they are published in: the UCI optical digits, the
/// IDX files of MNIST and Fashion-MNIST, the binary batches of CIFAR-10; and written as sheets, in PNG
/// files.
///
/// Read [dev.clade.zoo.images.Dataset] first.
@NullMarked
package dev.clade.zoo.images;

import org.jspecify.annotations.NullMarked;

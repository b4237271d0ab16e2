package dev.clade.population;

import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A sorted set that knows the place of each of its elements, in O(log N). Immutable: one element more or
/// less is another set, which shares all but O(log N) of this one.
///
/// A weight-balanced tree (Adams 1993, "Efficient sets - a balancing act") with the balance of Hirai and
/// Yamamoto (2011, "Balancing weight-balanced trees"): 3 and 2.
final class Ordered<T> extends AbstractList<T> {

    private static final int DELTA = 3;
    private static final int GAMMA = 2;

    private final Comparator<? super T> order;
    private final @Nullable Node<T> root;

    private record Node<T>(
            @Nullable Node<T> left, T value, @Nullable Node<T> right, int size) {}

    private Ordered(Comparator<? super T> order, @Nullable Node<T> root) {
        this.order = order;
        this.root = root;
    }

    /// Nothing, to be in an order that tells all elements apart.
    static <T> Ordered<T> by(Comparator<? super T> order) {
        return new Ordered<>(order, null);
    }

    Ordered<T> plus(T value) {
        return new Ordered<>(order, inserted(root, value));
    }

    Ordered<T> minus(T value) {
        return new Ordered<>(order, deleted(root, value));
    }

    @Override
    public int size() {
        return size(root);
    }

    @Override
    public T get(int place) {
        var node = root;
        int left = place;
        while (node != null) {
            int before = size(node.left);
            if (left == before) {
                return node.value;
            }
            if (left < before) {
                node = node.left;
            } else {
                left -= before + 1;
                node = node.right;
            }
        }
        throw new IndexOutOfBoundsException("place " + place + " of " + size());
    }

    /// The place of an element, or -1.
    int place(T value) {
        int place = before(value);
        return place < size() && order.compare(get(place), value) == 0 ? place : -1;
    }

    Optional<T> first() {
        return isEmpty() ? Optional.empty() : Optional.of(get(0));
    }

    /// The first element that is not before a value.
    Optional<T> from(T value) {
        int place = before(value);
        return place < size() ? Optional.of(get(place)) : Optional.empty();
    }

    /// How many elements are before a value.
    int before(T value) {
        int before = 0;
        var node = root;
        while (node != null) {
            if (order.compare(node.value, value) < 0) {
                before += size(node.left) + 1;
                node = node.right;
            } else {
                node = node.left;
            }
        }
        return before;
    }

    @Override
    public Iterator<T> iterator() {
        var path = new ArrayDeque<Node<T>>();
        descend(path, root);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !path.isEmpty();
            }

            @Override
            public T next() {
                if (path.isEmpty()) {
                    throw new NoSuchElementException();
                }
                var node = path.pop();
                descend(path, node.right);
                return node.value;
            }
        };
    }

    private static <T> void descend(ArrayDeque<Node<T>> path, @Nullable Node<T> from) {
        for (var node = from; node != null; node = node.left) {
            path.push(node);
        }
    }

    // ---- the tree

    private static int size(@Nullable Node<?> node) {
        return node == null ? 0 : node.size;
    }

    private static <T> Node<T> node(@Nullable Node<T> left, T value, @Nullable Node<T> right) {
        return new Node<>(left, value, right, size(left) + 1 + size(right));
    }

    private Node<T> inserted(@Nullable Node<T> node, T value) {
        if (node == null) {
            return node(null, value, null);
        }
        int side = order.compare(value, node.value);
        if (side == 0) {
            return node;
        }
        return side < 0
                ? balanced(inserted(node.left, value), node.value, node.right)
                : balanced(node.left, node.value, inserted(node.right, value));
    }

    private @Nullable Node<T> deleted(@Nullable Node<T> node, T value) {
        if (node == null) {
            return null;
        }
        int side = order.compare(value, node.value);
        if (side == 0) {
            return joined(node.left, node.right);
        }
        return side < 0
                ? balanced(deleted(node.left, value), node.value, node.right)
                : balanced(node.left, node.value, deleted(node.right, value));
    }

    /// Two trees whose elements stood on either side of one that is gone.
    private static <T> @Nullable Node<T> joined(@Nullable Node<T> left, @Nullable Node<T> right) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        var next = right;
        while (next.left != null) {
            next = next.left;
        }
        return balanced(left, next.value, withoutFirst(right));
    }

    private static <T> @Nullable Node<T> withoutFirst(Node<T> node) {
        return node.left == null ? node.right : balanced(withoutFirst(node.left), node.value, node.right);
    }

    private static <T> Node<T> balanced(@Nullable Node<T> left, T value, @Nullable Node<T> right) {
        if (right != null && size(right) + 1 > DELTA * (size(left) + 1)) {
            return size(right.left) + 1 < GAMMA * (size(right.right) + 1) || right.left == null
                    ? node(node(left, value, right.left), right.value, right.right)
                    : node(
                            node(left, value, right.left.left),
                            right.left.value,
                            node(right.left.right, right.value, right.right));
        }
        if (left != null && size(left) + 1 > DELTA * (size(right) + 1)) {
            return size(left.right) + 1 < GAMMA * (size(left.left) + 1) || left.right == null
                    ? node(left.left, left.value, node(left.right, value, right))
                    : node(
                            node(left.left, left.value, left.right.left),
                            left.right.value,
                            node(left.right.right, value, right));
        }
        return node(left, value, right);
    }
}

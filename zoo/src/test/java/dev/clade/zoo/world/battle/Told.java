package dev.clade.zoo.world.battle;

import dev.clade.random.Philox;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/// Draws whole numbers that it is told, in this order, 1 for true; then at random, always the same.
final class Told implements RandomGenerator {

    private final Deque<Integer> numbers;
    private final RandomGenerator random = Philox.keyed(1, 0, 0, "told");

    Told(Integer... numbers) {
        this.numbers = new ArrayDeque<>(List.of(numbers));
    }

    @Override
    public long nextLong() {
        throw new UnsupportedOperationException("battles draw numbers below a bound");
    }

    @Override
    public int nextInt(int bound) {
        if (numbers.isEmpty()) {
            return random.nextInt(bound);
        }
        int number = numbers.removeFirst();
        if (number >= bound) {
            throw new IllegalStateException("a " + number + " was told where " + bound + " is the bound");
        }
        return number;
    }

    @Override
    public boolean nextBoolean() {
        return numbers.isEmpty() ? random.nextBoolean() : numbers.removeFirst() == 1;
    }
}

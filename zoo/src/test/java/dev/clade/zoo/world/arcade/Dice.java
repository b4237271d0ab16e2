package dev.clade.zoo.world.arcade;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/// Draws what it is told, in this order: whole numbers as they are, 1 for true; then zeros.
final class Dice implements RandomGenerator {

    private final Deque<Integer> numbers;

    Dice(Integer... numbers) {
        this.numbers = new ArrayDeque<>(List.of(numbers));
    }

    private int drawn() {
        return numbers.isEmpty() ? 0 : numbers.removeFirst();
    }

    @Override
    public long nextLong() {
        throw new UnsupportedOperationException("games draw numbers below a bound");
    }

    @Override
    public int nextInt(int bound) {
        int number = drawn();
        if (number >= bound) {
            throw new IllegalStateException("a " + number + " was told where " + bound + " is the bound");
        }
        return number;
    }

    @Override
    public boolean nextBoolean() {
        return drawn() == 1;
    }

    @Override
    public double nextDouble() {
        return drawn();
    }
}

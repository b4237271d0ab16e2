package dev.clade.zoo.world.arcade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.zoo.world.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A few moves of each game, by hand.
class RulesTest {

    /// Plays moves of one letter each.
    ///
    /// @param letters the letter of each action
    private static List<Integer> rewards(World world, String letters, String moves) {
        var rewards = new ArrayList<Integer>();
        for (char move : moves.toCharArray()) {
            rewards.add((int) world.step(letters.indexOf(move)));
        }
        return rewards;
    }

    /// The cells of a channel that are not 0, as `row, column` in one number: 47 is row 4, column 7.
    private static List<Integer> seen(World world, int channel) {
        var planes = new float[world.shape().size()];
        world.observe(planes, 0);
        var cells = new ArrayList<Integer>();
        for (int cell = 0; cell < Game.CELLS; cell++) {
            if (planes[channel * Game.CELLS + cell] != 0) {
                cells.add(cell);
            }
        }
        return cells;
    }

    // --- bricks: the ball is at row 4, column 4, on its way to the right

    private static Bricks bricks() {
        var bricks = new Bricks();
        bricks.reset(new Dice(4, 1));
        return bricks;
    }

    @Test
    void bricks_aBallThatIsReturned_breaksABrick() {
        var bricks = bricks();
        assertThat(seen(bricks, 2)).containsExactly(44);
        assertThat(seen(bricks, 3)).containsExactly(94, 95);
        assertThat(rewards(bricks, ".lr", "rrrr.....")).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(seen(bricks, 3)).containsExactly(98, 99);
        assertThat(seen(bricks, 2)).containsExactly(45);
        assertThat(seen(bricks, 1)).containsExactly(56);
        assertThat(rewards(bricks, ".lr", ".")).containsExactly(1);
        assertThat(seen(bricks, 0)).hasSize(29).doesNotContain(34);
        assertThat(seen(bricks, 2)).containsExactly(45);
        rewards(bricks, ".lr", ".");
        assertThat(seen(bricks, 2)).containsExactly(54);
        assertThat(bricks.ended()).isFalse();
    }

    @Test
    void bricks_theHalfOfThePaddle_saysWhereTheBallGoes() {
        var left = bricks();
        rewards(left, ".lr", "rrrr.");
        assertThat(seen(left, 2)).containsExactly(89);
        rewards(left, ".lr", ".");
        assertThat(seen(left, 2)).containsExactly(78);

        var centre = new Bricks();
        centre.reset(new Dice(0, 1));
        rewards(centre, ".lr", "..r..");
        assertThat(seen(centre, 3)).containsExactly(95, 96);
        assertThat(seen(centre, 2)).containsExactly(85);
        rewards(centre, ".lr", ".");
        assertThat(seen(centre, 2)).containsExactly(74);
    }

    @Test
    void bricks_aBallThatPasses_endsIt() {
        var bricks = bricks();
        rewards(bricks, ".lr", "rrr.");
        assertThat(bricks.ended()).isFalse();
        assertThat(rewards(bricks, ".lr", ".")).containsExactly(0);
        assertThat(bricks.ended()).isTrue();
    }

    // --- crossing: cars as told, all to the right at the slowest

    private static Crossing crossing(int lowest) {
        var crossing = new Crossing();
        crossing.reset(new Dice(0, 0, 0, 0, 0, 0, 0, lowest, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2));
        return crossing;
    }

    @Test
    void crossing_aFreeRoad_isAReward() {
        var crossing = crossing(0);
        assertThat(seen(crossing, 1)).contains(10, 15, 80, 85).hasSize(16);
        assertThat(rewards(crossing, ".ud", "uuuuuuuuu")).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1);
        assertThat(seen(crossing, 3)).containsExactly(94);
    }

    @Test
    void crossing_aCar_bringsTheWalkerBack() {
        var crossing = crossing(4);
        assertThat(rewards(crossing, ".ud", "u")).containsExactly(0);
        assertThat(seen(crossing, 3)).containsExactly(94);
        rewards(crossing, ".ud", "du");
        assertThat(seen(crossing, 3)).containsExactly(84);
    }

    @Test
    void crossing_cars_moveAtTheirSpeedAndSayWhen() {
        var crossing = crossing(0);
        assertThat(seen(crossing, 2)).isEmpty();
        rewards(crossing, ".ud", "..");
        assertThat(seen(crossing, 2)).hasSize(16);
        rewards(crossing, ".ud", ".");
        assertThat(seen(crossing, 1)).contains(11, 16).doesNotContain(10);
    }

    // --- dots: ghosts that only stay

    private static Dots dots() {
        var dots = new Dots();
        dots.reset(new Dice());
        return dots;
    }

    @Test
    void dots_onTheWay_areEatenOnce() {
        var dots = dots();
        int all = seen(dots, 1).size();
        assertThat(rewards(dots, "urdl", "luurdu")).containsExactly(1, 1, 1, 0, 0, 0);
        assertThat(seen(dots, 2)).containsExactly(63);
        assertThat(seen(dots, 1)).hasSize(all - 3);
    }

    @Test
    void dots_intoAGhost_isTheEnd() {
        var dots = dots();
        assertThat(rewards(dots, "urdl", "lulluuuuu")).containsOnly(1);
        assertThat(dots.ended()).isFalse();
        assertThat(rewards(dots, "urdl", "u")).containsExactly(1);
        assertThat(seen(dots, 2)).containsExactly(11);
        assertThat(dots.ended()).isTrue();
    }

    // --- thrust: rocks at the top, a pod two cells below the ship

    private static Thrust thrust() {
        var thrust = new Thrust();
        thrust.reset(new Dice(0, 0, 0, 1, 0, 2, 0, 4, 6, 4));
        return thrust;
    }

    @Test
    void thrust_aShipThatFalls_isAtThePodWhenTheSpeedsAddUp() {
        var thrust = thrust();
        assertThat(seen(thrust, 0)).containsExactly(22, 23, 24, 26);
        assertThat(seen(thrust, 1)).containsExactly(75);
        assertThat(rewards(thrust, ".^<>", "........")).containsExactly(0, 0, 0, 0, 0, 0, 0, 1);
        assertThat(seen(thrust, 1)).containsExactly(11);
        assertThat(rewards(thrust, ".^<>", "....")).containsExactly(0, 0, 0, 0);
        assertThat(thrust.ended()).isFalse();
        rewards(thrust, ".^<>", ".");
        assertThat(thrust.ended()).isTrue();
    }

    @Test
    void thrust_upwards_isAgainstGravity() {
        var thrust = thrust();
        rewards(thrust, ".^<>", "^..^..^..");
        assertThat(seen(thrust, 2)).hasSize(1);
        assertThat(seen(thrust, 2).getFirst() / 10).isEqualTo(4);
        assertThat(seen(thrust, 6)).as("downwards").isEmpty();
    }

    @Test
    void thrust_intoARock_isTheEnd() {
        var thrust = thrust();
        rewards(thrust, ".^<>", "<^^^^^^^");
        assertThat(thrust.ended()).isTrue();
    }
}

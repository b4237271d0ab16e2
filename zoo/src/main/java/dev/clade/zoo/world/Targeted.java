package dev.clade.zoo.world;

import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;

/// A world whose action is a function and, for most functions, a target (Vinyals et al. 2017, arXiv
/// 1708.04782, section 3.2), with masks that say which of them are possible now.
///
/// Functions are `0 .. functions - 1`. The first `plain` of them take no target; those after them are
/// *aimed* at one of the targets `0 .. targets - 1`. Function 0 is to do nothing, and always possible. What
/// is masked out may be asked for all the same: it is as function 0.
///
/// An agent with two heads draws a function, then, if it is aimed, a target:
///
/// ```
/// world.functionMask(possible, 0);          // P(function)
/// int function = ...;
/// if (world.aimed(function)) {
///     world.targetMask(function, cells, 0); // P(target | function)
///     target = ...;
/// }
/// world.step(function, target);
/// ```
///
/// A flat agent sees one action for each plain function, then one for each pair of an aimed function and a
/// target:
///
/// ```
/// action = function                                          plain
/// action = plain + (function - plain) * targets + target     aimed
/// ```
public interface Targeted extends World {

    /// How many functions there are.
    int functions();

    /// How many of them, the first ones, take no target.
    int plain();

    /// How many targets an aimed function has.
    int targets();

    /// Writes which functions are possible now, 1 or 0. An aimed one is if one of its targets is.
    ///
    /// @param into all of the [#functions] numbers from `at` on are written
    void functionMask(float[] into, int at);

    /// Writes which targets of an aimed function are possible now, 1 or 0; none of them if the function is
    /// not.
    ///
    /// @param into all of the [#targets] numbers from `at` on are written
    void targetMask(int function, float[] into, int at);

    /// Acts, and lets a moment pass. Not after the end.
    ///
    /// @param target of an aimed function; any number for a plain one
    /// @return the reward
    double step(int function, int target);

    default boolean aimed(int function) {
        return function >= plain();
    }

    @Override
    default int actions() {
        return plain() + (functions() - plain()) * targets();
    }

    /// The action of a function and a target.
    ///
    /// @param target of an aimed function; any number for a plain one
    default int action(int function, int target) {
        return aimed(function) ? plain() + (function - plain()) * targets() + target : function;
    }

    /// The function of an action.
    default int function(int action) {
        return action < plain() ? action : plain() + (action - plain()) / targets();
    }

    /// The target of an action; 0 for one of a plain function.
    default int target(int action) {
        return action < plain() ? 0 : (action - plain()) % targets();
    }

    @Override
    default double step(int action) {
        Objects.checkIndex(action, actions());
        return step(function(action), target(action));
    }

    /// Writes which actions are possible now, 1 or 0.
    ///
    /// @param into all of the [#actions] numbers from `at` on are written
    default void mask(float[] into, int at) {
        functionMask(into, at);
        int aimed = functions() - plain();
        for (int i = aimed - 1; i >= 0; i--) {
            int first = at + plain() + i * targets();
            boolean possible = into[at + plain() + i] != 0;
            // Written from the last to the first, so that no flag of a function is lost before it is read.
            if (possible) {
                targetMask(plain() + i, into, first);
            } else {
                Arrays.fill(into, first, first + targets(), 0);
            }
        }
    }

    /// Every function that is possible is as likely as any other, and so is every target of it: the mark of
    /// 0 %.
    @Override
    default Player random(RandomGenerator random) {
        var functions = new float[functions()];
        var targets = new float[targets()];
        return () -> {
            functionMask(functions, 0);
            int function = one(functions, random);
            if (!aimed(function)) {
                return function;
            }
            targetMask(function, targets, 0);
            return action(function, one(targets, random));
        };
    }

    private static int one(float[] mask, RandomGenerator random) {
        int possible = 0;
        for (float flag : mask) {
            possible += flag == 0 ? 0 : 1;
        }
        int left = random.nextInt(possible);
        int i = 0;
        while (mask[i] == 0 || left-- > 0) {
            i++;
        }
        return i;
    }
}

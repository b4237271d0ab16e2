package dev.clade.zoo.world.maze;

import dev.clade.zoo.world.Level;
import dev.clade.zoo.world.Marks;
import dev.clade.zoo.world.World;
import java.util.Locale;

/// The levels, by the words that experiment files use, such as `maze/apples`. The rules of each: `README.md` in this
/// folder.
public enum Maze implements Level {
    /// Apples in a small maze that stays.
    APPLES(6.56, 65.88, """
        #########
        #.......#
        #.##.##.#
        #.#...#.#
        #...#...#
        #.#...#.#
        #.##.##.#
        #.......#
        #########
        """),

    /// A goal somewhere in a maze that stays: who remembers where is soon there again.
    GOAL(3.70, 157.45, """
        ###########
        #...#.....#
        #.#.#.###.#
        #.#...#...#
        #.#####.#.#
        #.....#.#.#
        #.###...#.#
        #.#.#.###.#
        #.#.#.....#
        #...#.#.#.#
        ###########
        """),

    /// A new maze in every episode, with apples and a goal.
    RANDOM_MAZE(6.12, 163.59, """
        ###########
        ###########
        ###########
        ###########
        ###########
        ###########
        ###########
        ###########
        ###########
        ###########
        ###########
        """),

    /// A hallway with pits.
    HALLWAY(-0.95, 113.98, """
        #####################
        #...................#
        #...................#
        #...................#
        #####################
        """),

    /// Rooms behind doors that keys open.
    DOORS(1.32, 95.27, """
        ###########
        #aa#hhh#bb#
        #aaAhhhBbb#
        #aa#hhh#bb#
        ####hhh####
        #cc#hhh#dd#
        #ccChhhDdd#
        #cc#hhh#dd#
        ###########
        """),

    /// Of three balls that of the colour that was shown at the beginning.
    COLOURS(1.72, 129.15, """
        #########
        #o##o##o#
        #.##.##.#
        #.......#
        #####.###
        #####.###
        #rr...###
        #sr######
        #########
        """),

    /// A goal in a hall of pillars, in thick fog.
    FOG(5.95, 245.95, """
        ###########
        #.........#
        #.#.#.#.#.#
        #.........#
        #.#.#.#.#.#
        #.........#
        #.#.#.#.#.#
        #.........#
        #.#.#.#.#.#
        #.........#
        ###########
        """);

    private static final String PREFIX = "maze/";

    private final double random;
    private final double scripted;
    private final String plan;

    Maze(double random, double scripted, String plan) {
        this.random = random;
        this.scripted = scripted;
        this.plan = plan;
    }

    /// A world of this level as the marks are of.
    @Override
    public World world() {
        return world(Options.STANDARD);
    }

    /// A world of this level.
    public World world(Options options) {
        return labyrinth(options);
    }

    Labyrinth labyrinth(Options options) {
        var plan = new Plan(this.plan);
        var rules = switch (this) {
            case APPLES -> new Apples();
            case GOAL, FOG -> Goal.staying();
            case RANDOM_MAZE -> new Goal(4, 3);
            case HALLWAY -> new Hallway();
            case DOORS -> new Doors(plan);
            case COLOURS -> new Colours(plan);
        };
        return new Labyrinth(plan, rules, this == FOG ? Look.FOG : Look.CLEAR, options);
    }

    @Override
    public int limit() {
        return Options.STANDARD.steps();
    }

    @Override
    public Marks marks() {
        return new Marks(200, random, scripted);
    }

    @Override
    public String word() {
        return PREFIX + name().toLowerCase(Locale.ROOT);
    }
}

package dev.clade.zoo.world.maze;

/// What happens in a level. Falling into a pit is the same in all of them.
sealed interface Rules permits Apples, Colours, Doors, Goal, Hallway {

    double APPLE = 1;
    double KEY = 1;
    double GOAL = 10;
    double WRONG = -1;
    double FALL = -1;

    /// An episode begins.
    void begin(Scene scene);

    /// The body touches a thing.
    ///
    /// @return the reward
    double touch(Scene scene, int thing);

    /// The reward that touching a thing would bring.
    double worth(Scene scene, int thing);
}

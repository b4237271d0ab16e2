/// What the trainers of all workloads have in common, whatever they train: [dev.clade.zoo.member.Asked], the
/// hyperparameters that a member is asked to train with; [dev.clade.zoo.member.Passes], the order in which it sees its
/// data; [dev.clade.zoo.member.Crew], several members in lanes; [dev.clade.zoo.member.CrewSize], how many.
@NullMarked
package dev.clade.zoo.member;

import org.jspecify.annotations.NullMarked;

/// Trainers that are programs of their own, in any language, kept warm across decisions and members: the protocol of
/// `docs/protocol.md`, Clade's side. [dev.clade.run.session.SessionTrainers] starts a program for each slot,
/// [dev.clade.run.session.AttachTrainers] waits for one that runs already.
@NullMarked
package dev.clade.run.session;

import org.jspecify.annotations.NullMarked;

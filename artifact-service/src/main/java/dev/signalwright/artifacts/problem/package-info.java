/**
 * What went wrong, told the way RFC 9457 says. Rooms throw {@link dev.signalwright.artifacts.problem.ProblemException}
 * with a type and facts; this room alone turns exceptions into answers. Each type has a section in
 * {@code docs/problems.md}.
 */
@NullMarked
package dev.signalwright.artifacts.problem;

import org.jspecify.annotations.NullMarked;

/**
 * What every page is made of: words, numbers, moments, marks, links, tables, trees and cleaned prose. In come values and
 * JSON of artifacts; out go small records and texts that a template shows as they are. Looks into the JDK, Jackson and
 * the artifact room's records; knows no page.
 */
@NullMarked
package dev.signalwright.artifacts.pages.part;

import org.jspecify.annotations.NullMarked;

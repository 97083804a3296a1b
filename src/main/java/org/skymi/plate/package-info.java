/**
 * A plate's way: read, analyse, learn, estimate, judge, rows. No Spark, so that it can be tested by
 * itself.
 */
package org.skymi.plate;

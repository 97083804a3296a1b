/** The distributed jobs; the only place with Spark. */
package org.skymi.spark;

/** Methods side by side, with intervals. */
package org.skymi.report.evaluate;

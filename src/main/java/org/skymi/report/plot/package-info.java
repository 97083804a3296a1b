/** Pictures: one palette. */
package org.skymi.report.plot;

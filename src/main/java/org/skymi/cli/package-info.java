/** The command line, one class per command. */
package org.skymi.cli;

/* room: base
 *
 * The program's own version, as printed and written into every result.
 */
#ifndef ALLOT_VERSION_H
#define ALLOT_VERSION_H

#define ALLOT_VERSION "0.4.0"

#endif

/* Why something of an offer stays unused, in a sentence. */
#include "io/unused_text.h"

#include "allot/language.h"

const char *unused_text(Unused why)
{
    switch (why) {
    case UNUSED_NOTHING: break;
    case UNUSED_LAPSED:
        return _("It lapsed before the round began, or what it is paid out of did.");
    case UNUSED_UNKNOWN: return _("Its amount is not known, so that nothing of it is planned.");
    case UNUSED_SOFT: return _("It is less firm than what this round plans on.");
    case UNUSED_PARENT: return _("Nothing is left of what it is paid out of.");
    case UNUSED_CENTS: return _("Less than one whole unit of its currency is left.");
    case UNUSED_BUDGET: return _("The budget over the money offers is used up.");
    case UNUSED_NO_NEED: return _("There is no need that it may serve.");
    case UNUSED_ALL_MET: return _("Every need that it may serve is met in full.");
    case UNUSED_RULED_OUT:
        return _(
            "What was answered or agreed rules out needs that are still short, and every other "
            "need that it may serve is met in full.");
    case UNUSED_AGREED:
        return _("What it gives to the needs that are still short was answered or agreed, and no "
                 "more than that is asked for them.");
    case UNUSED_COUNT:
        return _("It serves as many needs already as its own limit on their number allows.");
    case UNUSED_RESERVED: return _("A reserve of this round keeps it, or a part of it, back.");
    case UNUSED_SHARE:
        return _("A need that is still short has from it already as much as its own limit on the "
                 "share of one need allows; other conditions of the round may hold back more.");
    case UNUSED_HELD:
        return _("Needs that it may serve are still short, and other conditions of the round hold "
                 "them back.");
    }
    return "";
}

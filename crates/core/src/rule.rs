//! Rules of a centre that refuse a write. Each has a sentence in every language
//! (`rule-…` in `errors.ftl`) that says what happened and what to do.

use super::codes::codes;

codes! {
    /// A rule that a write would break.
    Rule {
        /// An appointment only goes forward. To step back, use “back” and give a reason.
        AppointmentForwardOnly,
        /// That appointment belongs to somebody else.
        AppointmentOfAnother,
        /// This appointment is on another day.
        AppointmentOnAnotherDay,
        /// This appointment has ended or was cancelled. Please refresh.
        AppointmentOver,
        /// This person has another appointment at this time. Choose another.
        AppointmentsOverlap,
        /// Please say until when they are away.
        AwayUntilNeeded,
        /// There are records dated later than now, or none for months. Please set the clock.
        ClockInDoubt,
        /// Please give the contact's name.
        ContactNameNeeded,
        /// That day is over. Use “correct” instead.
        DayOver,
        /// The last day is before the first. Please correct the dates.
        DaysReversed,
        /// The person is erased, but another program is reading the database. Close it and erase once more.
        ErasedDatabaseInUse,
        /// Choose two different files that are not merged yet.
        FilesNotMergeable,
        /// This kiosk has joined a hub already. Leave it first.
        HubJoined,
        /// This code belongs to another centre. Leave the present hub first.
        HubOfAnotherCentre,
        /// The time is in the future. Please correct it.
        InTheFuture,
        /// One manager must stay. Make somebody else a manager first.
        LastManager,
        /// A later merge rests on this one. Undo that one first.
        LaterMergeFirst,
        /// The departure is before the arrival. Please correct the times.
        LeavesBeforeArriving,
        /// Both files have an appointment at the same time. Cancel one of them, then merge.
        MergeAppointmentsOverlap,
        /// This file was merged into another. Undo the merge to use it again.
        MergedFile,
        /// This file was merged into another. Erase that one, or undo the merge.
        MergedFileNotErasable,
        /// This person has no place. Give a place first, then note attendance.
        NoPlace,
        /// This service has no session left today. Book another day.
        NoSessionLeft,
        /// That is not a step back. Please refresh and try again.
        NotAStepBack,
        /// Please write the note.
        NoteEmpty,
        /// A notice has 1 to 24 characters, so that it fits the screen.
        NoticeLength,
        /// This number has ended. Please refresh.
        NumberEnded,
        /// This number is not being called now. Please refresh.
        NumberNotCalled,
        /// This time has begun, and the past is not rewritten. Change the next one.
        OccurrenceBegan,
        /// This time is over, and the past is not rewritten.
        OccurrenceOver,
        /// Please say what came of it.
        OutcomeNeeded,
        /// Please give a name and a phone number.
        PhoneNumberIncomplete,
        /// A photo needs the person's consent first.
        PhotoConsentMissing,
        /// A PIN has six digits.
        PinSixDigits,
        /// The place was taken meanwhile. Choose another time.
        PlaceTaken,
        /// This reading was corrected meanwhile. Look at the newer one.
        ReadingChanged,
        /// Please give a reason.
        ReasonNeeded,
        /// Please give the resident's name.
        ResidentNameNeeded,
        /// Please give the room a name.
        RoomNameNeeded,
        /// There is a room of this name. Choose another.
        RoomNameTaken,
        /// A slot has 1 to 60 places.
        SeatsOutOfRange,
        /// This session was cancelled. To step back, reopen it first.
        SessionCancelled,
        /// This session is over. Choose another time.
        SessionOver,
        /// Another shift has begun meanwhile. Please refresh.
        ShiftBegan,
        /// This shift was corrected meanwhile. Look at the newer one.
        ShiftChanged,
        /// This volunteer has another open shift. End that one first.
        ShiftOpen,
        /// Only staff may step back.
        StaffOnly,
        /// This person is still here. Sign them out first.
        StillHere,
        /// The target's lower limit is above its upper limit.
        TargetReversed,
        /// Please say who set the target.
        TargetSetterNeeded,
        /// Please give the team a name.
        TeamNameNeeded,
        /// There is a team of this name. Choose another.
        TeamNameTaken,
        /// Arrival and departure must be on the same day.
        TwoDays,
        /// This visit was corrected meanwhile. Look at the newer one.
        VisitChanged,
        /// This visit has ended meanwhile. Please refresh.
        VisitEnded,
        /// This person has another open visit. Sign that one out first.
        VisitOpen,
        /// This resident is a volunteer already.
        VolunteerAlready,
        /// Please give the volunteer's name.
        VolunteerNameNeeded,
        /// This volunteer is a resident too and already has a card. The same card serves for both.
        VolunteerUsesResidentCard,
        /// This volunteer has no PIN yet. Set one first.
        VolunteerWithoutPin,
        /// That week is over. Choose a later one.
        WeekOver,
        /// Please say who witnessed the consent.
        WitnessNeeded,
        /// Years go from 0 (keep always) to 100.
        YearsOutOfRange,
        /// Please give the activity a name.
        ActivityNameNeeded,
        /// The name of an activity has at most 24 characters.
        ActivityNameTooLong,
        /// The activity ends before it begins. Please correct the times.
        ActivityEndsBeforeStart,
        /// The number of places is above 0; leave it empty for no limit.
        ActivityPlaces,
        /// Please choose a weekday.
        WeekdayNeeded,
        /// It can take place every 1 to 8 weeks.
        WeeksOutOfRange,
        /// Choose the first to fourth, or the last one of a month.
        WeekOfMonthOutOfRange,
        /// The hours end before they begin. Please correct them.
        HoursReversed,
        /// A slot lasts 5 to 240 minutes.
        SlotMinutesOutOfRange,
        /// Not one whole slot fits into the hours. Make them longer.
        SlotsDoNotFit,
    }
}

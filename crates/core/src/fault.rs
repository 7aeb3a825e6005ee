//! What may be wrong with the database, a file, a record or a command.

use crate::codes::codes;

codes! {
    /// What SQLite could not do.
    DatabaseFault {
        /// The disk is full.
        Full,
        /// Another program holds the database.
        Locked,
        /// The disk or the file may only be read.
        ReadOnly,
        /// The file cannot be opened.
        CannotOpen,
        /// Reading or writing the disk failed.
        Disk,
        /// The file is not a sound database.
        Damaged,
        /// A row of this key is there already.
        Duplicate,
        /// A trigger of the schema refused the row.
        Overlap,
        /// A check or a reference of the schema refused the row.
        Constraint,
        /// Anything else.
        Other,
    }
}

codes! {
    /// Something that was looked up and is not there.
    Thing {
        /// An appointment.
        Appointment,
        /// Somebody's place in an activity.
        Enrolment,
        /// A kiosk known at the hub.
        Kiosk,
        /// A merge of two files.
        Merge,
        /// A visit that has not ended.
        OpenVisit,
        /// A reading.
        Reading,
        /// A resident.
        Resident,
        /// A session of a service.
        Session,
        /// A shift of a volunteer.
        Shift,
        /// An account of a staff member.
        StaffAccount,
        /// A number of the queue.
        Ticket,
        /// One time of an activity.
        Occurrence,
        /// A visit.
        Visit,
        /// A volunteer.
        Volunteer,
    }
}

codes! {
    /// What is wrong with a file.
    FileFault {
        /// It is not there.
        Missing,
        /// The system does not allow it.
        Denied,
        /// The disk is full.
        DiskFull,
        /// The disk may only be read.
        ReadOnly,
        /// It is there already, and nothing is overwritten.
        Exists,
        /// The system could not read or write it.
        Unreadable,
        /// It holds nothing.
        Empty,
        /// It is larger than 64 MB.
        TooLarge,
        /// It unpacks to far more than it should.
        TooLargeUnpacked,
        /// It has more cells, rows or columns than a list of people can have.
        TooManyCells,
        /// It is a spreadsheet that cannot be read.
        TornSpreadsheet,
        /// It is neither a spreadsheet nor text in a known encoding.
        NeitherTextNorSpreadsheet,
        /// No header row has the columns that are needed.
        NoHeader,
        /// A web page that a program saved under the name of a spreadsheet.
        WebPage,
        /// A spreadsheet saved as XML (2003).
        XmlSpreadsheet,
        /// A table of WPS (.et) that cannot be read here.
        WpsTable,
        /// A text document (.doc, .docx, .wps).
        TextDocument,
        /// A spreadsheet in a format that is not read (.ods, .xlsb, .numbers).
        OtherSpreadsheet,
        /// A PDF.
        Pdf,
        /// A picture.
        Picture,
        /// An archive (.zip, .rar, .7z).
        Archive,
        /// It is locked with a password.
        Protected,
        /// It is no photo (PNG or JPEG), or one that is far too large.
        NotAPhoto,
        /// It holds no database.
        NotABackup,
        /// It is no key of a database.
        NotAKey,
        /// It is the key of another database.
        KeyOfAnother,
        /// The key is gone; a backup holds it.
        KeyMissing,
        /// The settings in it cannot be read.
        BadSettings,
        /// The kiosk's certificate in it cannot be read.
        BadIdentity,
    }
}

impl From<&std::io::Error> for FileFault {
    fn from(error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::NotFound => Self::Missing,
            ErrorKind::PermissionDenied => Self::Denied,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::AlreadyExists => Self::Exists,
            _ => Self::Unreadable,
        }
    }
}

codes! {
    /// Why the whole input or command is refused.
    Refusal {
        /// The database was written by a newer program.
        NewerDatabase,
        /// The database is damaged, and there is no good backup.
        NoGoodBackup,
        /// There is no backup to restore.
        NoBackup,
        /// The kiosk runs on this data folder.
        KioskRunning,
        /// The first day is after the last.
        PeriodReversed,
        /// The code is no code of a hub.
        NotAHubCode,
        /// The hub did not take the code or does not answer.
        HubTrouble,
        /// The data folder holds records already.
        FolderInUse,
    }
}

//! Error codes: problems with the database, a file, a record or a command.

use crate::codes::codes;

codes! {
    /// Why a database operation failed.
    DatabaseFault {
        /// The disk is full.
        Full,
        /// Another program holds the database.
        Locked,
        /// The disk or the file is read-only.
        ReadOnly,
        /// The file cannot be opened.
        CannotOpen,
        /// Reading or writing the disk failed.
        Disk,
        /// The file is damaged, or is not a database.
        Damaged,
        /// A row with this key already exists.
        Duplicate,
        /// A trigger of the schema refused the row.
        Overlap,
        /// A check or foreign key of the schema rejected the row.
        Constraint,
        /// Anything else.
        Other,
    }
}

codes! {
    /// A record that was looked up but does not exist.
    Thing {
        /// An appointment.
        Appointment,
        /// An enrolment in an activity.
        Enrolment,
        /// A kiosk registered at the hub.
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
        /// A queue number.
        Ticket,
        /// An occurrence of an activity.
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
        /// It does not exist.
        Missing,
        /// Permission denied by the system.
        Denied,
        /// The disk is full.
        DiskFull,
        /// The disk is read-only.
        ReadOnly,
        /// It already exists, and nothing is overwritten.
        Exists,
        /// The system could not read or write it.
        Unreadable,
        /// It is empty.
        Empty,
        /// It is larger than 64 MB.
        TooLarge,
        /// It unpacks to far more than it should.
        TooLargeUnpacked,
        /// It has more cells, rows or columns than a list of people can have.
        TooManyCells,
        /// Its cells hold far more text than a list of people has.
        TooMuchText,
        /// It is a spreadsheet that cannot be read.
        TornSpreadsheet,
        /// It is neither a spreadsheet nor text in a known encoding.
        NeitherTextNorSpreadsheet,
        /// A form about one person instead of a list.
        Form,
        /// No header row has the columns that are needed.
        NoHeader,
        /// A web page that a program saved under the name of a spreadsheet.
        WebPage,
        /// A spreadsheet saved as XML (2003).
        XmlSpreadsheet,
        /// A WPS spreadsheet (.et), which cannot be read here.
        WpsTable,
        /// A text document (.doc, .docx, .wps).
        TextDocument,
        /// A spreadsheet in an unsupported format (.ods, .xlsb, .numbers).
        OtherSpreadsheet,
        /// A PDF.
        Pdf,
        /// A picture.
        Picture,
        /// An archive (.zip, .rar, .7z).
        Archive,
        /// It is protected by a password.
        Protected,
        /// It is not a photo (PNG or JPEG), or is far too large.
        NotAPhoto,
        /// It does not contain a database.
        NotABackup,
        /// It is not a database key.
        NotAKey,
        /// It is the key of another database.
        KeyOfAnother,
        /// The key is missing; a backup contains it.
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
        /// The kiosk is running on this data folder.
        KioskRunning,
        /// The first day is after the last.
        PeriodReversed,
        /// The code is not a hub code.
        NotAHubCode,
        /// The hub rejected the code or does not answer.
        HubTrouble,
        /// The data folder already contains records.
        FolderInUse,
    }
}

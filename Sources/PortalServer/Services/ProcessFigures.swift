import CLinux

/// What the operating system counts of the program.
enum ProcessFigures {
    static var processorSeconds: Double { callboard_processor_seconds() }
    /// Files and connections that are open; 0 where it does not say.
    static var openDescriptors: Int { Int(callboard_open_files()) }
}

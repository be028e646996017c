namespace Boreal.Engine.Logs;

/// <summary>Names and defaults of the log drivers.</summary>
public static class LogOptions
{
    public const string JsonFile = "json-file";
    public const string Local = "local";
    public const string None = "none";

    /// <summary>Logs rotate unless told otherwise; a log without end fills the disk.</summary>
    public const long DefaultMaxBytes = 10 * 1024 * 1024;

    public const int DefaultMaxFiles = 5;

    /// <summary>Ring of mode non-blocking.</summary>
    public const int DefaultRingBytes = 1024 * 1024;
}

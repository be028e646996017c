namespace Boreal.Engine.Logs;

/// <summary>A container's log files, for a reader.</summary>
public sealed record LogFiles(string Driver, string Path)
{
    /// <summary>No log has more generations than this.</summary>
    internal const int GenerationLimit = 1000;

    /// <summary>The files of a container with this driver; <paramref name="jsonPath"/> is where json-file would write.</summary>
    public static LogFiles Of(string driver, string jsonPath) => new(driver, PathOf(driver, jsonPath));

    internal static string PathOf(string driver, string jsonPath) => driver switch
    {
        LogOptions.JsonFile => jsonPath,
        LogOptions.Local => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(jsonPath) ?? "/", "local-logs", "container.log"),
        _ => "",
    };
}

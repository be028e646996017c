namespace Boreal.Cli.CommandLine;

/// <summary>docker's exit codes where they are not a container's own.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Failure = 1;

    /// <summary>The command line or the daemon refused before any process of the container ran.</summary>
    public const int Refused = 125;

    public const int NotExecutable = 126;
    public const int NotFound = 127;

    /// <summary>A compose file is wrong or missing, as stock compose tells it.</summary>
    public const int ComposeFile = 15;

    /// <summary>Added to a signal's number.</summary>
    public const int SignalOffset = 128;
}

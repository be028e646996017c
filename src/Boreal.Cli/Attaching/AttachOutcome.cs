namespace Boreal.Cli.Attaching;

internal enum AttachOutcome
{
    /// <summary>The streams ended.</summary>
    Ended,

    /// <summary>The user typed the detach keys.</summary>
    Detached,
}

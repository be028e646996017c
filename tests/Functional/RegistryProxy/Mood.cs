namespace Boreal.Tests.Functional.RegistryProxy;

internal enum Mood
{
    Good,

    /// <summary>Every connection is cut.</summary>
    Down,

    /// <summary>Answers 429.</summary>
    Limiting,

    /// <summary>Sends half of a blob, and the rest when it is told.</summary>
    Slow,

    /// <summary>Sends other bytes than a blob has.</summary>
    Lying,
}

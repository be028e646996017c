namespace Boreal.Build.Dockerfile.Expansion;

/// <summary>What is left standing in an expanded word.</summary>
[Flags]
internal enum ExpansionRules
{
    None = 0,

    /// <summary>Quotes are obeyed and stay in the text.</summary>
    KeepQuotes = 1,

    /// <summary>Escapes are obeyed and stay in the text.</summary>
    KeepEscapes = 2,

    /// <summary>Quotes are letters like all others.</summary>
    PlainQuotes = 4,

    /// <summary>A variable nobody set stays as it was written.</summary>
    KeepUnset = 8,
}

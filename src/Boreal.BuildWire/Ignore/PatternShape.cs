namespace Boreal.BuildWire.Ignore;

/// <summary>How a pattern is compared: most need no wildcards.</summary>
internal enum PatternShape
{
    Exact,

    /// <summary>Ends in <c>**</c>, its only wildcard.</summary>
    Prefix,

    /// <summary>Begins with <c>**</c>, its only wildcard.</summary>
    Suffix,
    Tokens,
}

namespace Boreal.Compose.Schema;

/// <summary>What a scalar becomes.</summary>
internal enum Form
{
    Text,
    Whole,

    /// <summary>A number that may have a fraction.</summary>
    Fraction,
    Truth,

    /// <summary>A size in bytes, printed as a string.</summary>
    Bytes,

    /// <summary>A duration, printed as Go prints it.</summary>
    Time,

    /// <summary>A number of devices, or <c>all</c>, which is -1.</summary>
    Count,
}

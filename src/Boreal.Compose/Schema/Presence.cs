namespace Boreal.Compose.Schema;

/// <summary>When <c>config</c> prints a key.</summary>
internal enum Presence
{
    /// <summary>Unless its value is empty, zero or false.</summary>
    WhenSet,

    /// <summary>When the file has it, even if its value is zero or empty.</summary>
    WhenGiven,

    /// <summary>When it is given; and in JSON always, as null.</summary>
    NullInJson,

    /// <summary>When it isn't empty; and in JSON always, as an empty object.</summary>
    EmptyInJson,

    Always,
}

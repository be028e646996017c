namespace Boreal.Compose.Yaml;

/// <summary>What a file asks to happen to the value of the files before it.</summary>
internal enum Directive
{
    None,

    /// <summary><c>!reset</c>: it goes.</summary>
    Reset,

    /// <summary><c>!override</c>: this value takes its place unmerged.</summary>
    Override,
}

using System.Buffers;
using System.Security.Cryptography;

namespace Boreal.Engine.Containers;

/// <summary>A container's identity: 64 lower-case hex digits, as Docker prints it.</summary>
public readonly record struct ContainerId
{
    /// <summary>Number of hex digits in the full form.</summary>
    public const int Length = 64;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string? _value;

    private ContainerId(string value) => _value = value;

    /// <summary>The full 64 digits.</summary>
    public string Value => _value ?? throw new InvalidOperationException("a ContainerId must come from Create or Parse, not from default");

    /// <summary>The first 12 digits: what tables show and the default host name.</summary>
    public string Short => Value[..12];

    public static ContainerId Create() => new(RandomNumberGenerator.GetHexString(Length, lowercase: true));

    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length == Length && !text.ContainsAnyExcept(HexDigits);

    /// <exception cref="FormatException">The text is not 64 lower-case hex digits.</exception>
    public static ContainerId Parse(string text) =>
        IsValid(text) ? new ContainerId(text) : throw new FormatException($"'{text}' is not a container id (64 lower-case hex digits)");

    public override string ToString() => Value;
}

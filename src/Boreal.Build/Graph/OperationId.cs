namespace Boreal.Build.Graph;

/// <summary>The SHA-256 of an operation and everything it is made from, in hexadecimal.</summary>
public readonly record struct OperationId(string Value)
{
    /// <summary>The first 12 digits, for messages.</summary>
    public string Short => Value[..12];

    public override string ToString() => Value;
}

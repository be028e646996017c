namespace Boreal.Cli.Templates.Values;

/// <summary>Nothing: a nil pointer of a known type, or no value at all.</summary>
internal sealed class NilValue : Value
{
    /// <summary>A nil pointer: its type is known.</summary>
    public static readonly NilValue Pointer = new("<nil>");

    /// <summary>No value: JSON's null, a missing entry.</summary>
    public static readonly NilValue None = new("<no value>");

    private readonly string _alone;

    private NilValue(string alone) => _alone = alone;

    public override bool IsTrue => false;

    public override string TypeName => "nil";

    public override string Print() => "<nil>";

    public override string PrintAlone() => _alone;

    public override string Json() => "null";
}

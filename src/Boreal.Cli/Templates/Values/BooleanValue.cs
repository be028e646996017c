namespace Boreal.Cli.Templates.Values;

internal sealed class BooleanValue : Value
{
    public static readonly BooleanValue True = new(true);
    public static readonly BooleanValue False = new(false);

    private readonly bool _value;

    private BooleanValue(bool value) => _value = value;

    public override bool IsTrue => _value;

    public override string TypeName => "bool";

    public static BooleanValue Of(bool value) => value ? True : False;

    public override string Print() => _value ? "true" : "false";

    public override string Json() => Print();
}

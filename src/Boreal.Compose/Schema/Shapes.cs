using static Boreal.Compose.Schema.Accepts;

namespace Boreal.Compose.Schema;

/// <summary>Shapes that many keys share.</summary>
internal static class Shapes
{
    public static Shape Text { get; } = new() { Scalar = new ScalarRule(Accepts.Text) };

    public static Shape TextOrNull { get; } = Text with { AllowsNull = true };

    public static Shape Flag { get; } = new() { Scalar = new ScalarRule(Accepts.Text | Accepts.Boolean, Form.Truth) };

    public static Shape StrictFlag { get; } = new() { Scalar = new ScalarRule(Accepts.Boolean, Form.Truth) };

    public static Shape Whole { get; } = new() { Scalar = new ScalarRule(Integer | Accepts.Text, Form.Whole) };

    public static Shape WholeNumber { get; } = new() { Scalar = new ScalarRule(Number | Accepts.Text, Form.Whole) };

    public static Shape PlainNumber { get; } = new() { Scalar = new ScalarRule(Number, Form.Whole) };

    public static Shape Fraction { get; } = new() { Scalar = new ScalarRule(Number | Accepts.Text, Form.Fraction) };

    public static Shape Size { get; } = new() { Scalar = new ScalarRule(Number | Accepts.Text, Form.Bytes) };

    public static Shape SizeText { get; } = new() { Scalar = new ScalarRule(Accepts.Text, Form.Bytes) };

    public static Shape Time { get; } = new() { Scalar = new ScalarRule(Accepts.Text, Form.Time) };

    public static Shape TextList { get; } = new() { Items = Text };

    public static Shape DistinctTexts { get; } = new() { Items = Text, HasDistinctItems = true };

    public static Shape TextOrList { get; } = DistinctTexts with { Scalar = new ScalarRule(Accepts.Text), Printing = Printing.List };

    public static Shape TextOrNumberList { get; } = new() { Items = new Shape { Scalar = new ScalarRule(Accepts.Text | Number) }, HasDistinctItems = true };

    /// <summary>A mapping or a list of <c>KEY=value</c>; without a value it is looked up.</summary>
    public static Shape Variables { get; } = PairsOf(Printing.Variables);

    /// <summary>A mapping or a list of <c>key=value</c>.</summary>
    public static Shape Pairs { get; } = PairsOf(Printing.Pairs);

    /// <summary>A mapping of options for a driver.</summary>
    public static Shape Options { get; } = new()
    {
        Values = new Shape { Scalar = new ScalarRule(Accepts.Text | Number), AllowsNull = true }, Printing = Printing.Pairs,
    };

    public static Shape Command { get; } = new()
    {
        Scalar = new ScalarRule(Accepts.Text), Items = Text, AllowsNull = true, Printing = Printing.Command,
    };

    public static Shape Hosts { get; } = new()
    {
        Items = Text, HasDistinctItems = true, Values = new Shape { Scalar = new ScalarRule(Accepts.Text), Items = Text }, Printing = Printing.Hosts,
    };

    public static Shape Ulimits { get; } = new()
    {
        Values = new Shape
        {
            Scalar = new ScalarRule(Integer | Accepts.Text, Form.Whole),
            Fields = [new Field("soft", Whole) { IsRequired = true }, new Field("hard", Whole) { IsRequired = true }],
            Printing = Printing.Ulimit,
        },
    };

    /// <summary>A secret or config in a service.</summary>
    public static Shape FileMount { get; } = new()
    {
        Scalar = new ScalarRule(Accepts.Text),
        Fields =
        [
            new Field("source", Text), new Field("target", Text), new Field("uid", Text), new Field("gid", Text),
            new Field("mode", WholeNumber) { Presence = Presence.WhenGiven },
        ],
    };

    public static Shape External { get; } = new()
    {
        Scalar = new ScalarRule(Accepts.Boolean | Accepts.Text, Form.Truth), Fields = [new Field("name", Text)], Printing = Printing.External,
    };

    public static Shape OneOf(params string[] words) => new() { Scalar = new ScalarRule(Accepts.Text) { Words = words } };

    public static Shape ListOf(Shape items) => new() { Items = items };

    public static Shape WholeWithin(long least, long most) =>
        new() { Scalar = new ScalarRule(Integer | Accepts.Text, Form.Whole) { Least = least, Most = most } };

    public static Shape ObjectOf(params Field[] fields) => new() { Fields = fields };

    private static Shape PairsOf(Printing printing) => new()
    {
        Items = Text,
        HasDistinctItems = true,
        Values = new Shape { Scalar = new ScalarRule(Accepts.Text | Number | Accepts.Boolean), AllowsNull = true },
        Printing = printing,
    };
}

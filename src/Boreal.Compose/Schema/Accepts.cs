namespace Boreal.Compose.Schema;

/// <summary>The kinds of YAML scalars a key takes.</summary>
[Flags]
internal enum Accepts
{
    Text = 1,
    Integer = 2,
    Float = 4,
    Boolean = 8,
    Number = Integer | Float,
}

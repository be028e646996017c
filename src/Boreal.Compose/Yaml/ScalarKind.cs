namespace Boreal.Compose.Yaml;

/// <summary>What YAML takes a scalar for.</summary>
internal enum ScalarKind
{
    Null,
    Boolean,
    Integer,
    Float,
    Text,
}

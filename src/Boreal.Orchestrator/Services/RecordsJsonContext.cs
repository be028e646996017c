using System.Text.Json.Serialization;
using Boreal.Orchestrator.Rotations;
using Boreal.Orchestrator.Tasks;

namespace Boreal.Orchestrator.Services;

/// <summary>What is stored. Specs are stored as <c>AppsJsonContext</c> writes them.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ServiceRecord))]
[JsonSerializable(typeof(ServiceTask))]
[JsonSerializable(typeof(ServiceTaskStatus))]
[JsonSerializable(typeof(RotationRecord))]
[JsonSerializable(typeof(DecisionList))]
internal sealed partial class RecordsJsonContext : JsonSerializerContext;

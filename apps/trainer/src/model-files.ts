import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import '@rl-recsys/state'; // registers the state layers, which saved models name

const WEIGHTS_FILE = 'weights.bin';

/** Saves a model as TensorFlow.js does: `model.json` and its weights. */
export async function saveModel(model: LayersModel, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    const { modelTopology, format, generatedBy, convertedBy, weightSpecs } = artifacts;
    const weightsManifest = [{ paths: [WEIGHTS_FILE], weights: weightSpecs! }];
    const description = { modelTopology, format, generatedBy, convertedBy, weightsManifest };
    const weights = new Uint8Array(tf.io.CompositeArrayBuffer.join(artifacts.weightData));
    await writeFile(join(folder, WEIGHTS_FILE), weights);
    await writeFile(join(folder, 'model.json'), JSON.stringify(description));
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
  });
  await model.save(handler);
}

/** The model that {@link saveModel} saved. */
export async function loadModel(folder: string): Promise<LayersModel> {
  const description = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as tf.io.ModelJSON;
  const weights = await readFile(join(folder, WEIGHTS_FILE));
  const artifacts = await tf.io.getModelArtifactsForJSON(description, (manifest) =>
    Promise.resolve([manifest.flatMap((group) => group.weights), new Uint8Array(weights).buffer]),
  );
  return loadLayersModel(tf.io.fromMemory(artifacts));
}
